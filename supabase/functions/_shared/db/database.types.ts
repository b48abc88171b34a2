export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "14"
  }
  public: {
    Tables: {
      activity_events: {
        Row: {
          created_at: string
          details: NonNullable<Json>
          id: string
          kind: string
          subject_id: string | null
          subject_table: string | null
          user_id: string
        }
        Insert: {
          created_at?: string
          details?: NonNullable<Json>
          id?: string
          kind: string
          subject_id?: string | null
          subject_table?: string | null
          user_id: string
        }
        Update: {
          created_at?: string
          details?: NonNullable<Json>
          id?: string
          kind?: string
          subject_id?: string | null
          subject_table?: string | null
          user_id?: string
        }
        Relationships: []
      }
      asin_correlations: {
        Row: {
          accepted_at: string | null
          asin: string
          created_at: string
          id: string
          image_url: string | null
          marketplace: string | null
          product_id: string
          reasons: string[]
          score: number | null
          search_asin: string
          source: string
          status: string
          title: string | null
          updated_at: string
          user_id: string
        }
        Insert: {
          accepted_at?: string | null
          asin: string
          created_at?: string
          id?: string
          image_url?: string | null
          marketplace?: string | null
          product_id: string
          reasons?: string[]
          score?: number | null
          search_asin?: string
          source?: string
          status?: string
          title?: string | null
          updated_at?: string
          user_id?: string
        }
        Update: {
          accepted_at?: string | null
          asin?: string
          created_at?: string
          id?: string
          image_url?: string | null
          marketplace?: string | null
          product_id?: string
          reasons?: string[]
          score?: number | null
          search_asin?: string
          source?: string
          status?: string
          title?: string | null
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "correlation_product_is_its_users"
            columns: ["user_id", "product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      caption_templates: {
        Row: {
          caption: string
          created_at: string
          hashtags: string[]
          id: string
          name: string
          updated_at: string
          user_id: string
          variants: NonNullable<Json>
        }
        Insert: {
          caption?: string
          created_at?: string
          hashtags?: string[]
          id?: string
          name: string
          updated_at?: string
          user_id?: string
          variants?: NonNullable<Json>
        }
        Update: {
          caption?: string
          created_at?: string
          hashtags?: string[]
          id?: string
          name?: string
          updated_at?: string
          user_id?: string
          variants?: NonNullable<Json>
        }
        Relationships: []
      }
      crm_collaboration_types: {
        Row: {
          created_at: string
          id: string
          name: string
          updated_at: string
          user_id: string
        }
        Insert: {
          created_at?: string
          id?: string
          name: string
          updated_at?: string
          user_id?: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      crm_contact_sources: {
        Row: {
          created_at: string
          id: string
          name: string
          updated_at: string
          user_id: string
        }
        Insert: {
          created_at?: string
          id?: string
          name: string
          updated_at?: string
          user_id?: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      crm_marketplaces: {
        Row: {
          created_at: string
          id: string
          name: string
          updated_at: string
          user_id: string
        }
        Insert: {
          created_at?: string
          id?: string
          name: string
          updated_at?: string
          user_id?: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      crm_owners: {
        Row: {
          created_at: string
          id: string
          name: string
          updated_at: string
          user_id: string
        }
        Insert: {
          created_at?: string
          id?: string
          name: string
          updated_at?: string
          user_id?: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      crm_statuses: {
        Row: {
          color: string
          created_at: string
          id: string
          name: string
          position: number
          updated_at: string
          user_id: string
        }
        Insert: {
          color?: string
          created_at?: string
          id?: string
          name: string
          position?: number
          updated_at?: string
          user_id?: string
        }
        Update: {
          color?: string
          created_at?: string
          id?: string
          name?: string
          position?: number
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      influencer_tasks: {
        Row: {
          asin: string
          completed_at: string | null
          created_at: string
          former_video_id: string | null
          id: string
          image_url: string | null
          inheritance_version: number
          inherited_from_product_id: string | null
          inherited_from_task_id: string | null
          lease_holder: string | null
          lease_token: string | null
          lease_until: string | null
          leased_video_id: string | null
          marketplace: string
          own_video_id: string | null
          product_id: string | null
          search_asin: string
          status: string
          thumbnail_is_inherited: boolean
          thumbnail_path: string | null
          title: string | null
          updated_at: string
          user_id: string
          video_changed_at: string | null
          video_id: string | null
          video_is_inherited: boolean
          withdrawn_at: string | null
        }
        Insert: {
          asin: string
          completed_at?: string | null
          created_at?: string
          former_video_id?: string | null
          id?: string
          image_url?: string | null
          inheritance_version?: number
          inherited_from_product_id?: string | null
          inherited_from_task_id?: string | null
          lease_holder?: string | null
          lease_token?: string | null
          lease_until?: string | null
          leased_video_id?: string | null
          marketplace: string
          own_video_id?: never
          product_id?: string | null
          search_asin: string
          status?: string
          thumbnail_is_inherited?: boolean
          thumbnail_path?: string | null
          title?: string | null
          updated_at?: string
          user_id?: string
          video_changed_at?: string | null
          video_id?: string | null
          video_is_inherited?: boolean
          withdrawn_at?: string | null
        }
        Update: {
          asin?: string
          completed_at?: string | null
          created_at?: string
          former_video_id?: string | null
          id?: string
          image_url?: string | null
          inheritance_version?: number
          inherited_from_product_id?: string | null
          inherited_from_task_id?: string | null
          lease_holder?: string | null
          lease_token?: string | null
          lease_until?: string | null
          leased_video_id?: string | null
          marketplace?: string
          own_video_id?: never
          product_id?: string | null
          search_asin?: string
          status?: string
          thumbnail_is_inherited?: boolean
          thumbnail_path?: string | null
          title?: string | null
          updated_at?: string
          user_id?: string
          video_changed_at?: string | null
          video_id?: string | null
          video_is_inherited?: boolean
          withdrawn_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "task_product_is_its_users"
            columns: ["user_id", "product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "task_source_product_is_its_users"
            columns: ["user_id", "inherited_from_product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "task_source_task_is_its_users"
            columns: ["user_id", "inherited_from_task_id"]
            referencedRelation: "influencer_tasks"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "task_video_is_its_users"
            columns: ["user_id", "video_id"]
            referencedRelation: "product_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      notification_preferences: {
        Row: {
          by_mail: boolean
          in_app: boolean
          kind_group: string
          updated_at: string
          user_id: string
        }
        Insert: {
          by_mail?: boolean
          in_app?: boolean
          kind_group: string
          updated_at?: string
          user_id: string
        }
        Update: {
          by_mail?: boolean
          in_app?: boolean
          kind_group?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      notifications: {
        Row: {
          body: string | null
          created_at: string
          group_key: string | null
          id: string
          is_in_app: boolean
          kind: string
          link_path: string | null
          read_at: string | null
          title: string
          user_id: string
        }
        Insert: {
          body?: string | null
          created_at?: string
          group_key?: string | null
          id?: string
          is_in_app?: boolean
          kind: string
          link_path?: string | null
          read_at?: string | null
          title: string
          user_id: string
        }
        Update: {
          body?: string | null
          created_at?: string
          group_key?: string | null
          id?: string
          is_in_app?: boolean
          kind?: string
          link_path?: string | null
          read_at?: string | null
          title?: string
          user_id?: string
        }
        Relationships: []
      }
      oauth_connections: {
        Row: {
          account_handle: string | null
          account_id: string
          account_name: string | null
          account_picture_url: string | null
          created_at: string
          described_at: string
          ended_at: string | null
          id: string
          last_error_code: string | null
          linked_account_id: string | null
          platform: string
          route: string
          scopes: string[]
          status: string
          token_expires_at: string | null
          updated_at: string
          user_id: string
        }
        Insert: {
          account_handle?: string | null
          account_id: string
          account_name?: string | null
          account_picture_url?: string | null
          created_at?: string
          described_at?: string
          ended_at?: string | null
          id?: string
          last_error_code?: string | null
          linked_account_id?: string | null
          platform: string
          route: string
          scopes?: string[]
          status?: string
          token_expires_at?: string | null
          updated_at?: string
          user_id: string
        }
        Update: {
          account_handle?: string | null
          account_id?: string
          account_name?: string | null
          account_picture_url?: string | null
          created_at?: string
          described_at?: string
          ended_at?: string | null
          id?: string
          last_error_code?: string | null
          linked_account_id?: string | null
          platform?: string
          route?: string
          scopes?: string[]
          status?: string
          token_expires_at?: string | null
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      onedrive_upload_sessions: {
        Row: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }
        Insert: {
          claimed_quickxor?: string | null
          connection_id: string
          created_at?: string
          drive_id: string
          duration_ms?: number | null
          error_code?: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset?: number | null
          hash_state?: string | null
          height?: number | null
          id?: string
          item_id?: string | null
          mime_type: string
          next_offset?: number
          product_id?: string | null
          size_bytes: number
          status?: string
          updated_at?: string
          uploader_id?: string | null
          uploader_lease_until?: string | null
          user_id: string
          verifying_since?: string | null
          video_id?: string | null
          width?: number | null
        }
        Update: {
          claimed_quickxor?: string | null
          connection_id?: string
          created_at?: string
          drive_id?: string
          duration_ms?: number | null
          error_code?: string | null
          expires_at?: string
          filename?: string
          fingerprint?: string
          folder_id?: string
          folder_path?: string
          fragment_size?: number
          hash_offset?: number | null
          hash_state?: string | null
          height?: number | null
          id?: string
          item_id?: string | null
          mime_type?: string
          next_offset?: number
          product_id?: string | null
          size_bytes?: number
          status?: string
          updated_at?: string
          uploader_id?: string | null
          uploader_lease_until?: string | null
          user_id?: string
          verifying_since?: string | null
          video_id?: string | null
          width?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "onedrive_upload_connection_is_its_users"
            columns: ["user_id", "connection_id"]
            referencedRelation: "user_onedrive_connections"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "onedrive_upload_product_is_its_users"
            columns: ["user_id", "product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "onedrive_upload_video_is_its_users"
            columns: ["user_id", "video_id"]
            referencedRelation: "product_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      posting_slots: {
        Row: {
          created_at: string
          id: string
          local_time: string
          platforms: string[] | null
          updated_at: string
          user_id: string
          weekday: number
        }
        Insert: {
          created_at?: string
          id?: string
          local_time: string
          platforms?: string[] | null
          updated_at?: string
          user_id?: string
          weekday: number
        }
        Update: {
          created_at?: string
          id?: string
          local_time?: string
          platforms?: string[] | null
          updated_at?: string
          user_id?: string
          weekday?: number
        }
        Relationships: []
      }
      product_owners: {
        Row: {
          created_at: string
          owner_id: string
          product_id: string
          user_id: string
        }
        Insert: {
          created_at?: string
          owner_id: string
          product_id: string
          user_id?: string
        }
        Update: {
          created_at?: string
          owner_id?: string
          product_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "product_owner_owner_is_its_users"
            columns: ["user_id", "owner_id"]
            referencedRelation: "crm_owners"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "product_owner_product_is_its_users"
            columns: ["user_id", "product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      product_videos: {
        Row: {
          connection_id: string | null
          content_changed_at: string | null
          created_at: string
          duration_ms: number | null
          filename: string
          height: number | null
          id: string
          inherited_from_product_id: string | null
          is_primary: boolean
          mime_type: string
          onedrive_ctag: string | null
          onedrive_drive_id: string | null
          onedrive_item_id: string | null
          onedrive_path: string | null
          poster_path: string | null
          product_id: string | null
          quickxor_hash: string | null
          size_bytes: number
          source: string
          unreachable_at: string | null
          unreachable_reason: string | null
          updated_at: string
          upload_status: string
          user_id: string
          width: number | null
        }
        Insert: {
          connection_id?: string | null
          content_changed_at?: string | null
          created_at?: string
          duration_ms?: number | null
          filename: string
          height?: number | null
          id?: string
          inherited_from_product_id?: string | null
          is_primary?: boolean
          mime_type: string
          onedrive_ctag?: string | null
          onedrive_drive_id?: string | null
          onedrive_item_id?: string | null
          onedrive_path?: string | null
          poster_path?: string | null
          product_id?: string | null
          quickxor_hash?: string | null
          size_bytes: number
          source?: string
          unreachable_at?: string | null
          unreachable_reason?: string | null
          updated_at?: string
          upload_status?: string
          user_id?: string
          width?: number | null
        }
        Update: {
          connection_id?: string | null
          content_changed_at?: string | null
          created_at?: string
          duration_ms?: number | null
          filename?: string
          height?: number | null
          id?: string
          inherited_from_product_id?: string | null
          is_primary?: boolean
          mime_type?: string
          onedrive_ctag?: string | null
          onedrive_drive_id?: string | null
          onedrive_item_id?: string | null
          onedrive_path?: string | null
          poster_path?: string | null
          product_id?: string | null
          quickxor_hash?: string | null
          size_bytes?: number
          source?: string
          unreachable_at?: string | null
          unreachable_reason?: string | null
          updated_at?: string
          upload_status?: string
          user_id?: string
          width?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "video_connection_is_its_users"
            columns: ["user_id", "connection_id"]
            referencedRelation: "user_onedrive_connections"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "video_product_is_its_users"
            columns: ["user_id", "product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "video_source_product_is_its_users"
            columns: ["user_id", "inherited_from_product_id"]
            referencedRelation: "sourced_products"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      profiles: {
        Row: {
          auto_queue_tasks: boolean
          created_at: string
          deletion_requested_at: string | null
          display_name: string | null
          enabled_marketplaces: string[]
          locale: string
          time_zone: string
          updated_at: string
          user_id: string
        }
        Insert: {
          auto_queue_tasks?: boolean
          created_at?: string
          deletion_requested_at?: string | null
          display_name?: string | null
          enabled_marketplaces?: string[]
          locale?: string
          time_zone?: string
          updated_at?: string
          user_id?: string
        }
        Update: {
          auto_queue_tasks?: boolean
          created_at?: string
          deletion_requested_at?: string | null
          display_name?: string | null
          enabled_marketplaces?: string[]
          locale?: string
          time_zone?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      publish_attempts: {
        Row: {
          created_at: string
          error_code: string | null
          error_message: string | null
          id: number
          outcome: string
          provider_reference: string | null
          provider_status: number | null
          step: string
          target_id: string
          user_id: string
        }
        Insert: {
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: number
          outcome: string
          provider_reference?: string | null
          provider_status?: number | null
          step: string
          target_id: string
          user_id: string
        }
        Update: {
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: number
          outcome?: string
          provider_reference?: string | null
          provider_status?: number | null
          step?: string
          target_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "attempt_target_is_its_users"
            columns: ["user_id", "target_id"]
            referencedRelation: "publishing_queue"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      publish_bulk_items: {
        Row: {
          allow_duplicate: boolean
          bulk_id: string
          created_at: string
          error_code: string | null
          error_message: string | null
          id: string
          note: string | null
          position: number
          published_video_id: string | null
          status: string
          updated_at: string
          user_id: string
          video_id: string | null
        }
        Insert: {
          allow_duplicate?: boolean
          bulk_id: string
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: string
          note?: string | null
          position: number
          published_video_id?: string | null
          status?: string
          updated_at?: string
          user_id: string
          video_id?: string | null
        }
        Update: {
          allow_duplicate?: boolean
          bulk_id?: string
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: string
          note?: string | null
          position?: number
          published_video_id?: string | null
          status?: string
          updated_at?: string
          user_id?: string
          video_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "bulk_item_bulk_is_its_users"
            columns: ["user_id", "bulk_id"]
            referencedRelation: "publish_bulks"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "bulk_item_post_is_its_users"
            columns: ["user_id", "published_video_id"]
            referencedRelation: "published_videos"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "bulk_item_video_is_its_users"
            columns: ["user_id", "video_id"]
            referencedRelation: "product_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      publish_bulks: {
        Row: {
          canceled_at: string | null
          caption: string
          created_at: string
          finished_at: string | null
          hashtags: string[]
          id: string
          made_at: string | null
          spread: NonNullable<Json>
          targets: NonNullable<Json>
          total: number
          updated_at: string
          user_id: string
        }
        Insert: {
          canceled_at?: string | null
          caption?: string
          created_at?: string
          finished_at?: string | null
          hashtags?: string[]
          id?: string
          made_at?: string | null
          spread: NonNullable<Json>
          targets: NonNullable<Json>
          total: number
          updated_at?: string
          user_id: string
        }
        Update: {
          canceled_at?: string | null
          caption?: string
          created_at?: string
          finished_at?: string | null
          hashtags?: string[]
          id?: string
          made_at?: string | null
          spread?: NonNullable<Json>
          targets?: NonNullable<Json>
          total?: number
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      published_videos: {
        Row: {
          caption: string
          created_at: string
          hashtags: string[]
          id: string
          is_draft: boolean
          revision: number
          updated_at: string
          user_id: string
          video_id: string | null
          overall_status: string | null
        }
        Insert: {
          caption?: string
          created_at?: string
          hashtags?: string[]
          id?: string
          is_draft?: boolean
          revision?: number
          updated_at?: string
          user_id: string
          video_id?: string | null
        }
        Update: {
          caption?: string
          created_at?: string
          hashtags?: string[]
          id?: string
          is_draft?: boolean
          revision?: number
          updated_at?: string
          user_id?: string
          video_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "post_video_is_its_users"
            columns: ["user_id", "video_id"]
            referencedRelation: "product_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      publishing_queue: {
        Row: {
          attempts: number
          called_at: string | null
          caption: string | null
          connection_id: string | null
          content_key: string | null
          created_at: string
          error_code: string | null
          error_message: string | null
          hashtags: string[] | null
          id: string
          options: NonNullable<Json>
          platform: string
          platform_post_id: string | null
          platform_url: string | null
          published_at: string | null
          published_video_id: string
          retry_at: string | null
          scheduled_for: string
          status: string
          time_zone: string | null
          updated_at: string
          user_id: string
        }
        Insert: {
          attempts?: number
          called_at?: string | null
          caption?: string | null
          connection_id?: string | null
          content_key?: string | null
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          hashtags?: string[] | null
          id?: string
          options?: NonNullable<Json>
          platform: string
          platform_post_id?: string | null
          platform_url?: string | null
          published_at?: string | null
          published_video_id: string
          retry_at?: string | null
          scheduled_for?: string
          status?: string
          time_zone?: string | null
          updated_at?: string
          user_id: string
        }
        Update: {
          attempts?: number
          called_at?: string | null
          caption?: string | null
          connection_id?: string | null
          content_key?: string | null
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          hashtags?: string[] | null
          id?: string
          options?: NonNullable<Json>
          platform?: string
          platform_post_id?: string | null
          platform_url?: string | null
          published_at?: string | null
          published_video_id?: string
          retry_at?: string | null
          scheduled_for?: string
          status?: string
          time_zone?: string | null
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "target_account_is_its_users"
            columns: ["user_id", "connection_id"]
            referencedRelation: "oauth_connections"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "target_post_is_its_users"
            columns: ["user_id", "published_video_id"]
            referencedRelation: "published_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      sourced_products: {
        Row: {
          asin: string
          brand: string | null
          carrier: string | null
          category: string | null
          collaboration_type_id: string | null
          contact_source_id: string | null
          created_at: string
          crm_marketplace_id: string | null
          currency: string
          custom_fields: NonNullable<Json>
          enabled_marketplaces: string[]
          id: string
          image_url: string | null
          marketplace: string
          notes: string | null
          price: number | null
          received_at: string | null
          shipped_at: string | null
          status_id: string | null
          title: string
          tracking_number: string | null
          updated_at: string
          user_id: string
          video_title: string | null
        }
        Insert: {
          asin: string
          brand?: string | null
          carrier?: string | null
          category?: string | null
          collaboration_type_id?: string | null
          contact_source_id?: string | null
          created_at?: string
          crm_marketplace_id?: string | null
          currency?: string
          custom_fields?: NonNullable<Json>
          enabled_marketplaces?: string[]
          id?: string
          image_url?: string | null
          marketplace?: string
          notes?: string | null
          price?: number | null
          received_at?: string | null
          shipped_at?: string | null
          status_id?: string | null
          title: string
          tracking_number?: string | null
          updated_at?: string
          user_id?: string
          video_title?: string | null
        }
        Update: {
          asin?: string
          brand?: string | null
          carrier?: string | null
          category?: string | null
          collaboration_type_id?: string | null
          contact_source_id?: string | null
          created_at?: string
          crm_marketplace_id?: string | null
          currency?: string
          custom_fields?: NonNullable<Json>
          enabled_marketplaces?: string[]
          id?: string
          image_url?: string | null
          marketplace?: string
          notes?: string | null
          price?: number | null
          received_at?: string | null
          shipped_at?: string | null
          status_id?: string | null
          title?: string
          tracking_number?: string | null
          updated_at?: string
          user_id?: string
          video_title?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "product_collaboration_type_is_its_users"
            columns: ["user_id", "collaboration_type_id"]
            referencedRelation: "crm_collaboration_types"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "product_contact_source_is_its_users"
            columns: ["user_id", "contact_source_id"]
            referencedRelation: "crm_contact_sources"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "product_crm_marketplace_is_its_users"
            columns: ["user_id", "crm_marketplace_id"]
            referencedRelation: "crm_marketplaces"
            referencedColumns: ["user_id", "id"]
          },
          {
            foreignKeyName: "product_status_is_its_users"
            columns: ["user_id", "status_id"]
            referencedRelation: "crm_statuses"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      user_onedrive_connections: {
        Row: {
          account_email: string | null
          account_key: string
          account_name: string | null
          account_type: string
          created_at: string
          drive_id: string
          drive_type: string | null
          folder_id: string | null
          folder_path: string | null
          id: string
          last_error_code: string | null
          quota_checked_at: string | null
          quota_remaining: number | null
          quota_state: string | null
          quota_total: number | null
          quota_used: number | null
          status: string
          token_expires_at: string | null
          updated_at: string
          user_id: string
        }
        Insert: {
          account_email?: string | null
          account_key: string
          account_name?: string | null
          account_type: string
          created_at?: string
          drive_id: string
          drive_type?: string | null
          folder_id?: string | null
          folder_path?: string | null
          id?: string
          last_error_code?: string | null
          quota_checked_at?: string | null
          quota_remaining?: number | null
          quota_state?: string | null
          quota_total?: number | null
          quota_used?: number | null
          status?: string
          token_expires_at?: string | null
          updated_at?: string
          user_id: string
        }
        Update: {
          account_email?: string | null
          account_key?: string
          account_name?: string | null
          account_type?: string
          created_at?: string
          drive_id?: string
          drive_type?: string | null
          folder_id?: string | null
          folder_path?: string | null
          id?: string
          last_error_code?: string | null
          quota_checked_at?: string | null
          quota_remaining?: number | null
          quota_state?: string | null
          quota_total?: number | null
          quota_used?: number | null
          status?: string
          token_expires_at?: string | null
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      video_formats: {
        Row: {
          facts: NonNullable<Json>
          file_key: string
          looked_at: string
          user_id: string
          video_id: string
        }
        Insert: {
          facts: NonNullable<Json>
          file_key: string
          looked_at?: string
          user_id: string
          video_id: string
        }
        Update: {
          facts?: NonNullable<Json>
          file_key?: string
          looked_at?: string
          user_id?: string
          video_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "format_video_is_its_users"
            columns: ["user_id", "video_id"]
            referencedRelation: "product_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
      video_variants: {
        Row: {
          created_at: string
          error_code: string | null
          error_message: string | null
          id: string
          kind: string
          ready_at: string | null
          recipe: string
          size_bytes: number | null
          source_key: string
          status: string
          updated_at: string
          user_id: string
          video_id: string
        }
        Insert: {
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: string
          kind?: string
          ready_at?: string | null
          recipe: string
          size_bytes?: number | null
          source_key: string
          status?: string
          updated_at?: string
          user_id: string
          video_id: string
        }
        Update: {
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: string
          kind?: string
          ready_at?: string | null
          recipe?: string
          size_bytes?: number | null
          source_key?: string
          status?: string
          updated_at?: string
          user_id?: string
          video_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "variant_video_is_its_users"
            columns: ["user_id", "video_id"]
            referencedRelation: "product_videos"
            referencedColumns: ["user_id", "id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      advance_publish_job: {
        Args: {
          p_checkpoint: Json
          p_lease_token: string
          p_revision: number
          p_secret?: string
          p_secret_key_id?: string
          p_step: string
          p_target_id: string
          p_wait_seconds?: number
        }
        Returns: boolean
      }
      apply_onedrive_items: {
        Args: { p_drive_id: string; p_items: Json; p_user_id: string }
        Returns: number
      }
      begin_follow_up_call: {
        Args: {
          p_kind: string
          p_lease_seconds: number
          p_lease_token: string
          p_target_id: string
        }
        Returns: boolean
      }
      begin_irreversible_call: {
        Args: {
          p_checkpoint: Json
          p_lease_token: string
          p_revision: number
          p_target_id: string
        }
        Returns: boolean
      }
      begin_mail: {
        Args: {
          p_html?: string
          p_lease_seconds: number
          p_lease_token: string
          p_mail_id: string
          p_subject?: string
          p_text?: string
        }
        Returns: {
          html_body: string
          idempotency_key: string
          recipient: string
          subject: string
          text_body: string
          wait_seconds: number
        }[]
      }
      begin_video_removal: {
        Args: { p_user_id: string; p_video_id: string }
        Returns: undefined
      }
      cancel_bulk: {
        Args: { p_bulk_id: string; p_user_id: string }
        Returns: Json
      }
      cancel_post: {
        Args: { p_post_id: string; p_target_id?: string; p_user_id: string }
        Returns: number
      }
      checkpoint_account_deletion: {
        Args: {
          p_lease_seconds: number
          p_lease_token: string
          p_step: string
          p_user_id: string
        }
        Returns: boolean
      }
      claim_account_deletions: {
        Args: { p_lease_seconds: number; p_limit: number }
        Returns: {
          attempts: number
          lease_token: string
          step: string
          user_id: string
        }[]
      }
      claim_awaited_links: {
        Args: { p_limit: number }
        Returns: {
          account_handle: string
          connection_id: string
          platform: string
          post_id: string
          route: string
          target_id: string
          user_id: string
        }[]
      }
      claim_bulk: {
        Args: { p_bulk_id?: string; p_lease_seconds: number; p_limit: number }
        Returns: Json
      }
      claim_due_oauth_refreshes: {
        Args: { p_holder: string; p_lease_seconds: number; p_limit: number }
        Returns: {
          access_token: string
          account_id: string
          account_token: string
          connection_id: string
          key_id: string
          platform: string
          refresh_token: string
          route: string
          user_id: string
        }[]
      }
      claim_due_onedrive_refreshes: {
        Args: {
          p_due_within_seconds: number
          p_holder: string
          p_lease_seconds: number
          p_limit: number
        }
        Returns: {
          connection_id: string
          key_id: string
          refresh_token: string
          user_id: string
        }[]
      }
      claim_mails: {
        Args: { p_lease_seconds: number; p_limit: number }
        Returns: {
          is_written: boolean
          lease_token: string
          mail_id: string
          notices: Json
          posts: Json
          time_zone: string
        }[]
      }
      claim_oauth_refresh: {
        Args: {
          p_connection_id: string
          p_holder: string
          p_lease_seconds: number
          p_seen_issued_at: string
        }
        Returns: {
          access_token: string
          account_id: string
          account_token: string
          connection_id: string
          key_id: string
          platform: string
          refresh_token: string
          route: string
          user_id: string
        }[]
      }
      claim_onedrive_refresh: {
        Args: {
          p_connection_id: string
          p_holder: string
          p_lease_seconds: number
          p_seen_expires_at: string
        }
        Returns: {
          connection_id: string
          key_id: string
          refresh_token: string
          user_id: string
        }[]
      }
      claim_onedrive_watches: {
        Args: { p_holder: string; p_lease_seconds: number; p_limit: number }
        Returns: {
          checked_until: string
          connection_id: string
          delta_link: string
          drive_id: string
          is_checking: boolean
          next_link: string
          user_id: string
        }[]
      }
      claim_publish_follow_ups: {
        Args: { p_lease_seconds: number; p_limit: number }
        Returns: {
          called_at: string
          kind: string
          lease_token: string
          platform_post_id: string
          settle_until: string
          target_id: string
          user_id: string
        }[]
      }
      claim_publish_jobs: {
        Args: { p_lane: number; p_lease_seconds: number; p_limit: number }
        Returns: {
          called_at: string
          checkpoint: Json
          lease_token: string
          revision: number
          secret: string
          secret_key_id: string
          settle_until: string
          step: string
          target_id: string
          user_id: string
        }[]
      }
      claim_readiness_checks: {
        Args: { p_lease_seconds: number; p_limit: number }
        Returns: {
          caption: string
          lease_token: string
          mark: string
          post_id: string
          scheduled_for: string
          targets: Json
          time_zone: string
          user_id: string
        }[]
      }
      claim_staged_copy: {
        Args: {
          p_lease_seconds: number
          p_post_id: string
          p_size_bytes: number
          p_user_id: string
        }
        Returns: {
          completed_at: string
          key_id: string
          lease_token: string
          object_path: string
          stored_bytes: number
          upload_url: string
        }[]
      }
      claim_video_variant: {
        Args: {
          p_lease_seconds: number
          p_recipe: string
          p_source_key: string
          p_user_id: string
          p_video_id: string
        }
        Returns: {
          error_code: string
          is_job_overdue: boolean
          job_id: string
          job_number: number
          key_id: string
          lease_token: string
          object_path: string
          size_bytes: number
          status: string
          stored_bytes: number
          upload_url: string
          variant_id: string
          wait_seconds: number
        }[]
      }
      complete_onedrive_upload: {
        Args: { p_item: Json; p_session_id: string; p_user_id: string }
        Returns: {
          connection_id: string | null
          content_changed_at: string | null
          created_at: string
          duration_ms: number | null
          filename: string
          height: number | null
          id: string
          inherited_from_product_id: string | null
          is_primary: boolean
          mime_type: string
          onedrive_ctag: string | null
          onedrive_drive_id: string | null
          onedrive_item_id: string | null
          onedrive_path: string | null
          poster_path: string | null
          product_id: string | null
          quickxor_hash: string | null
          size_bytes: number
          source: string
          unreachable_at: string | null
          unreachable_reason: string | null
          updated_at: string
          upload_status: string
          user_id: string
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "product_videos"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      create_bulk: {
        Args: {
          p_bulk: Json
          p_idempotency_key?: string
          p_request_hash?: string
          p_user_id: string
        }
        Returns: Json
      }
      create_oauth_state: {
        Args: {
          p_expires_at: string
          p_key_id: string
          p_pending?: string
          p_provider: string
          p_state_hash: string
          p_user_id: string
          p_verifier: string
        }
        Returns: undefined
      }
      create_onedrive_upload: {
        Args: { p_lease_seconds: number; p_upload: Json; p_user_id: string }
        Returns: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "onedrive_upload_sessions"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      create_post: {
        Args: {
          p_idempotency_key?: string
          p_post: Json
          p_request_hash?: string
          p_user_id: string
        }
        Returns: Json
      }
      decide_unknown_target: {
        Args: {
          p_is_there: boolean
          p_platform_url: string
          p_target_id: string
          p_user_id: string
        }
        Returns: undefined
      }
      delete_meta_data: {
        Args: {
          p_code: string
          p_issued_at: string
          p_person_hash: string
          p_person_id: string
          p_sign_ins: string[]
        }
        Returns: string
      }
      describe_oauth_account: {
        Args: {
          p_account_id: string
          p_connection_id: string
          p_handle: string
          p_name: string
          p_picture_url: string
          p_user_id: string
        }
        Returns: boolean
      }
      disconnect_oauth: {
        Args: { p_connection_id: string; p_user_id: string }
        Returns: {
          access_token: string
          account_id: string
          is_shared: boolean
          key_id: string
          platform: string
          refresh_token: string
          route: string
        }[]
      }
      disconnect_onedrive: {
        Args: { p_connection_id: string; p_user_id: string }
        Returns: boolean
      }
      doubt_irreversible_call: {
        Args: {
          p_checkpoint: Json
          p_error_code: string
          p_error_message: string
          p_lease_token: string
          p_target_id: string
        }
        Returns: boolean
      }
      edit_post: {
        Args: { p_changes: Json; p_post_id: string; p_user_id: string }
        Returns: Json
      }
      end_meta_grants: {
        Args: { p_issued_at: string; p_person_id: string; p_sign_ins: string[] }
        Returns: number
      }
      end_oauth_account: {
        Args: {
          p_connection_id: string
          p_error_code: string
          p_seen_issued_at: string
        }
        Returns: boolean
      }
      end_other_sessions: { Args: Record<PropertyKey, never>; Returns: number }
      end_own_session: { Args: { p_session_id: string }; Returns: undefined }
      end_publish_follow_up: {
        Args: {
          p_code?: string
          p_kind: string
          p_lease_token: string
          p_message?: string
          p_reference?: string
          p_target_id: string
        }
        Returns: boolean
      }
      export_rows: {
        Args: { p_after?: string; p_limit: number; p_table: string }
        Returns: Json
      }
      extend_publish_lease: {
        Args: {
          p_checkpoint?: Json
          p_lease_seconds: number
          p_lease_token: string
          p_target_id: string
        }
        Returns: boolean
      }
      fail_bulk_item: {
        Args: {
          p_bulk_id: string
          p_error_code: string
          p_error_message: string
          p_item_id: string
          p_lease_token: string
        }
        Returns: boolean
      }
      fail_mail: {
        Args: {
          p_error_code: string
          p_error_message: string
          p_lease_token: string
          p_mail_id: string
        }
        Returns: boolean
      }
      fail_oauth_refresh: {
        Args: {
          p_connection_id: string
          p_error_code: string
          p_expired: boolean
          p_holder: string
        }
        Returns: boolean
      }
      fail_onedrive_refresh: {
        Args: {
          p_connection_id: string
          p_error_code: string
          p_expired: boolean
          p_holder: string
        }
        Returns: boolean
      }
      fail_variant_try: {
        Args: {
          p_error_code: string
          p_error_message: string
          p_is_final: boolean
          p_is_job_gone: boolean
          p_lease_token: string
          p_variant_id: string
          p_wait_seconds?: number
        }
        Returns: number
      }
      find_data_deletion: {
        Args: { p_code: string }
        Returns: {
          completed_at: string
          requested_at: string
        }[]
      }
      find_idempotent_answer: {
        Args: { p_key: string; p_request_hash: string; p_user_id: string }
        Returns: Json
      }
      find_uploaded_twin: {
        Args: {
          p_fingerprint: string
          p_product_id: string
          p_size_bytes: number
          p_user_id: string
        }
        Returns: {
          filename: string
          uploaded_at: string
          video_id: string
        }[]
      }
      find_video_format: {
        Args: { p_file_key?: string; p_user_id: string; p_video_id: string }
        Returns: Json
      }
      finish_account_deletion: {
        Args: { p_lease_token: string; p_user_id: string }
        Returns: boolean
      }
      finish_mail: {
        Args: {
          p_lease_token: string
          p_mail_id: string
          p_provider_id: string
        }
        Returns: boolean
      }
      finish_publish_job: {
        Args: {
          p_lease_token: string
          p_notice_code?: string
          p_notice_message?: string
          p_platform_post_id: string
          p_platform_url: string
          p_target_id: string
        }
        Returns: boolean
      }
      finish_with_follow_ups: {
        Args: {
          p_kinds: string[]
          p_lease_token: string
          p_notice_code?: string
          p_notice_message?: string
          p_platform_post_id: string
          p_platform_url: string
          p_target_id: string
        }
        Returns: boolean
      }
      forget_account_secrets: {
        Args: { p_user_id: string }
        Returns: undefined
      }
      forget_released_onedrive_url: {
        Args: { p_id: string }
        Returns: undefined
      }
      forget_spent_variant: {
        Args: { p_object_path: string }
        Returns: undefined
      }
      forget_staged_copy: { Args: { p_post_id: string }; Returns: undefined }
      get_oauth_access: {
        Args: { p_connection_id: string; p_user_id: string }
        Returns: {
          access_token: string
          account_id: string
          account_token: string
          connection_id: string
          expires_at: string
          issued_at: string
          key_id: string
          platform: string
          route: string
          status: string
          user_id: string
        }[]
      }
      get_onedrive_access: {
        Args: { p_user_id: string }
        Returns: {
          access_token: string
          connection_id: string
          drive_id: string
          expires_at: string
          folder_id: string
          folder_path: string
          key_id: string
          paused_until: string
          status: string
          user_id: string
        }[]
      }
      get_onedrive_upload_url: {
        Args: { p_session_id: string; p_user_id: string }
        Returns: {
          key_id: string
          opened_at: string
          upload_url: string
        }[]
      }
      give_up_video_removal: {
        Args: { p_user_id: string; p_video_id: string }
        Returns: undefined
      }
      hold_onedrive_upload: {
        Args: {
          p_lease_seconds: number
          p_session_id: string
          p_take_over: boolean
          p_uploader_id: string
          p_user_id: string
        }
        Returns: boolean
      }
      influencer_task_counts: {
        Args: { p_marketplace?: string }
        Returns: Json
      }
      link_oauth_accounts: {
        Args: { p_links: Json; p_platform: string; p_user_id: string }
        Returns: undefined
      }
      link_onedrive_items: {
        Args: {
          p_connection_id: string
          p_drive_id: string
          p_items: Json
          p_product_id?: string
          p_user_id: string
        }
        Returns: {
          item_id: string
          outcome: string
          video_id: string
        }[]
      }
      list_account_grants: {
        Args: { p_user_id: string }
        Returns: {
          access_token: string
          account_id: string
          connection_id: string
          key_id: string
          platform: string
          refresh_token: string
          route: string
        }[]
      }
      list_account_objects: {
        Args: {
          p_after_bucket?: string
          p_after_name?: string
          p_limit: number
          p_user_id: string
        }
        Returns: {
          bucket_id: string
          created_at: string
          mime_type: string
          name: string
          size_bytes: number
        }[]
      }
      list_account_upload_urls: {
        Args: { p_user_id: string }
        Returns: {
          key_id: string
          session_id: string
          upload_url: string
        }[]
      }
      list_bulks: { Args: { p_limit?: number }; Returns: Json }
      list_export_tables: {
        Args: Record<PropertyKey, never>
        Returns: string[]
      }
      list_influencer_tasks: {
        Args: {
          p_cursor?: string
          p_limit?: number
          p_marketplace?: string
          p_product_id?: string
          p_status?: string
        }
        Returns: Json
      }
      list_onedrive_items: {
        Args: {
          p_after?: string
          p_drive_id: string
          p_item_ids?: string[]
          p_limit: number
          p_user_id: string
        }
        Returns: {
          item_id: string
          video_id: string
        }[]
      }
      list_onedrive_uploads_to_sweep: {
        Args: { p_limit: number }
        Returns: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "onedrive_upload_sessions"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      list_orphaned_objects: {
        Args: { p_limit: number }
        Returns: {
          bucket_id: string
          name: string
        }[]
      }
      list_own_sessions: {
        Args: Record<PropertyKey, never>
        Returns: {
          aal: string
          created_at: string
          id: string
          ip: string
          is_current: boolean
          last_seen_at: string
          user_agent: string
        }[]
      }
      list_posts: {
        Args: {
          p_cursor?: string
          p_limit?: number
          p_post_id?: string
          p_product_id?: string
          p_search?: string
          p_view?: string
        }
        Returns: Json
      }
      list_spent_covers: {
        Args: { p_limit: number }
        Returns: {
          object_path: string
        }[]
      }
      list_stale_youtube_accounts: {
        Args: { p_limit: number }
        Returns: {
          connection_id: string
          user_id: string
        }[]
      }
      make_bulk_item: {
        Args: {
          p_bulk_id: string
          p_item_id: string
          p_lease_seconds: number
          p_lease_token: string
          p_post: Json
        }
        Returns: string
      }
      move_onedrive_upload: {
        Args: {
          p_claim?: Json
          p_error_code?: string
          p_session_id: string
          p_status: string
          p_user_id: string
        }
        Returns: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "onedrive_upload_sessions"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      next_posting_slots: {
        Args: { p_after?: string; p_connection_ids: Json; p_count?: number }
        Returns: Json
      }
      overall_status: {
        Args: { post: Database["public"]["Tables"]["published_videos"]["Row"] }
        Returns: string
      }
      park_publish_job: {
        Args: {
          p_error_code: string
          p_error_message: string
          p_lease_token: string
          p_provider_reference?: string
          p_provider_status?: number
          p_status: string
          p_target_id: string
          p_until?: string
        }
        Returns: boolean
      }
      pause_onedrive: {
        Args: { p_connection_id: string; p_seconds: number }
        Returns: undefined
      }
      place_onedrive_upload: {
        Args: { p_filename: string; p_session_id: string; p_user_id: string }
        Returns: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "onedrive_upload_sessions"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      poke_bulk_worker: { Args: Record<PropertyKey, never>; Returns: undefined }
      poke_publish_worker: { Args: { p_lane: number }; Returns: boolean }
      postpone_account_deletion: {
        Args: { p_error: string; p_lease_token: string; p_user_id: string }
        Returns: boolean
      }
      postpone_mail: {
        Args: {
          p_counts: boolean
          p_error_code: string
          p_error_message: string
          p_is_certain: boolean
          p_lease_token: string
          p_mail_id: string
          p_stop?: string
          p_wait_seconds?: number
        }
        Returns: string
      }
      queue_video_tasks: { Args: { video_id: string }; Returns: Json }
      read_bulk: { Args: { p_bulk_id: string }; Returns: Json }
      read_format_limits: { Args: Record<PropertyKey, never>; Returns: Json }
      read_instagram_upload: {
        Args: Record<PropertyKey, never>
        Returns: string
      }
      read_publish_targets: {
        Args: { p_target_ids: string[] }
        Returns: {
          access_token: string
          account_id: string
          account_status: string
          account_token: string
          called_at: string
          caption: string
          connection_id: string
          drive_id: string
          expires_at: string
          filename: string
          hashtags: string[]
          issued_at: string
          item_id: string
          key_id: string
          max_polls: number
          mime_type: string
          options: Json
          platform: string
          poll_seconds: Json
          post_id: string
          route: string
          scheduled_for: string
          size_bytes: number
          target_id: string
          user_id: string
          video_id: string
        }[]
      }
      record_onedrive_upload_progress: {
        Args: {
          p_expires_at?: string
          p_hash_offset?: number
          p_hash_state?: string
          p_next_offset: number
          p_session_id: string
          p_user_id: string
        }
        Returns: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "onedrive_upload_sessions"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      reject_irreversible_call: {
        Args: {
          p_error_code: string
          p_error_message: string
          p_lease_token: string
          p_provider_reference?: string
          p_target_id: string
        }
        Returns: boolean
      }
      release_bulk: {
        Args: {
          p_bulk_id: string
          p_lease_token: string
          p_pause_seconds?: number
        }
        Returns: number
      }
      release_onedrive_watch: {
        Args: {
          p_connection_id: string
          p_error_code?: string
          p_holder: string
          p_retry_seconds?: number
        }
        Returns: boolean
      }
      remove_video: {
        Args: { p_user_id: string; p_video_id: string }
        Returns: undefined
      }
      request_account_deletion: {
        Args: { p_user_id: string }
        Returns: undefined
      }
      restart_onedrive_upload: {
        Args: {
          p_lease_seconds: number
          p_opened: Json
          p_session_id: string
          p_user_id: string
        }
        Returns: {
          claimed_quickxor: string | null
          connection_id: string
          created_at: string
          drive_id: string
          duration_ms: number | null
          error_code: string | null
          expires_at: string
          filename: string
          fingerprint: string
          folder_id: string
          folder_path: string
          fragment_size: number
          hash_offset: number | null
          hash_state: string | null
          height: number | null
          id: string
          item_id: string | null
          mime_type: string
          next_offset: number
          product_id: string | null
          size_bytes: number
          status: string
          updated_at: string
          uploader_id: string | null
          uploader_lease_until: string | null
          user_id: string
          verifying_since: string | null
          video_id: string | null
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "onedrive_upload_sessions"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      resume_after_conversion: {
        Args: { p_user_id: string; p_video_id: string }
        Returns: number
      }
      resume_after_reconnect: {
        Args: { p_connection_id: string }
        Returns: number
      }
      retry_bulk: {
        Args: {
          p_allow_duplicate?: boolean
          p_bulk_id: string
          p_item_id?: string
          p_user_id: string
        }
        Returns: number
      }
      retry_post: {
        Args: {
          p_error_code?: string
          p_post_id: string
          p_status?: string
          p_target_id?: string
          p_user_id: string
        }
        Returns: number
      }
      retry_publish_follow_up: {
        Args: {
          p_code: string
          p_error_code: string
          p_error_message: string
          p_is_open: boolean
          p_kind: string
          p_lease_token: string
          p_message: string
          p_reference?: string
          p_target_id: string
          p_wait_seconds?: number
        }
        Returns: boolean
      }
      retry_publish_job: {
        Args: {
          p_error_code: string
          p_error_message: string
          p_lease_token: string
          p_provider_reference?: string
          p_provider_status?: number
          p_target_id: string
          p_wait_seconds?: number
        }
        Returns: string
      }
      save_oauth_connections: {
        Args: {
          p_accounts: Json
          p_grant_key: string
          p_platform: string
          p_route: string
          p_scopes: string[]
          p_user_id: string
        }
        Returns: {
          account_handle: string | null
          account_id: string
          account_name: string | null
          account_picture_url: string | null
          created_at: string
          described_at: string
          ended_at: string | null
          id: string
          last_error_code: string | null
          linked_account_id: string | null
          platform: string
          route: string
          scopes: string[]
          status: string
          token_expires_at: string | null
          updated_at: string
          user_id: string
        }[]
        SetofOptions: {
          from: "*"
          to: "oauth_connections"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      save_onedrive_connection: {
        Args: {
          p_account: Json
          p_confirm_switch: boolean
          p_tokens: Json
          p_user_id: string
        }
        Returns: {
          account_email: string | null
          account_key: string
          account_name: string | null
          account_type: string
          created_at: string
          drive_id: string
          drive_type: string | null
          folder_id: string | null
          folder_path: string | null
          id: string
          last_error_code: string | null
          quota_checked_at: string | null
          quota_remaining: number | null
          quota_state: string | null
          quota_total: number | null
          quota_used: number | null
          status: string
          token_expires_at: string | null
          updated_at: string
          user_id: string
        }[]
        SetofOptions: {
          from: "*"
          to: "user_onedrive_connections"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      save_onedrive_watch: {
        Args: {
          p_checkpoint: Json
          p_connection_id: string
          p_holder: string
          p_lease_seconds: number
          p_missing_count?: number
        }
        Returns: boolean
      }
      save_readiness_check: {
        Args: {
          p_lease_token: string
          p_mark: string
          p_post_id: string
          p_problems: Json
          p_scheduled_for: string
        }
        Returns: boolean
      }
      save_refreshed_oauth_tokens: {
        Args: { p_connection_id: string; p_holder: string; p_tokens: Json }
        Returns: boolean
      }
      save_refreshed_onedrive_tokens: {
        Args: {
          p_access_token: string
          p_connection_id: string
          p_expires_at: string
          p_holder: string
          p_key_id: string
          p_refresh_token: string
        }
        Returns: boolean
      }
      save_staged_copy: {
        Args: {
          p_key_id: string
          p_lease_token: string
          p_post_id: string
          p_release: boolean
          p_stored_bytes: number
          p_upload_url: string
        }
        Returns: boolean
      }
      save_video_format: {
        Args: {
          p_facts: Json
          p_file_key: string
          p_user_id: string
          p_video_id: string
        }
        Returns: undefined
      }
      save_video_variant: {
        Args: {
          p_job_id: string
          p_key_id: string
          p_lease_token: string
          p_release: boolean
          p_size_bytes: number
          p_status: string
          p_stored_bytes: number
          p_upload_url: string
          p_variant_id: string
        }
        Returns: boolean
      }
      set_post_link: {
        Args: {
          p_platform_post_id: string
          p_platform_url: string
          p_target_id: string
        }
        Returns: boolean
      }
      set_video_poster: {
        Args: { p_poster_path: string; p_user_id: string; p_video_id: string }
        Returns: {
          connection_id: string | null
          content_changed_at: string | null
          created_at: string
          duration_ms: number | null
          filename: string
          height: number | null
          id: string
          inherited_from_product_id: string | null
          is_primary: boolean
          mime_type: string
          onedrive_ctag: string | null
          onedrive_drive_id: string | null
          onedrive_item_id: string | null
          onedrive_path: string | null
          poster_path: string | null
          product_id: string | null
          quickxor_hash: string | null
          size_bytes: number
          source: string
          unreachable_at: string | null
          unreachable_reason: string | null
          updated_at: string
          upload_status: string
          user_id: string
          width: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "product_videos"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      start_post: {
        Args: {
          p_allow_duplicate?: boolean
          p_post_id: string
          p_user_id: string
        }
        Returns: Json
      }
      stop_mails: { Args: { p_reason: string }; Returns: undefined }
      take_budget: {
        Args: {
          p_account_id: string
          p_amount?: number
          p_budget: string
          p_known_max?: number
          p_target_id?: string
          p_user_id: string
        }
        Returns: string
      }
      take_oauth_state: {
        Args: { p_provider: string; p_state_hash: string; p_user_id: string }
        Returns: {
          expires_at: string
          key_id: string
          outcome: string
          pending: string
          verifier: string
        }[]
      }
      take_rate_limit: {
        Args: {
          p_limit: number
          p_route: string
          p_subject: string
          p_window_seconds: number
        }
        Returns: number
      }
      take_released_onedrive_urls: {
        Args: { p_limit: number; p_user_id?: string }
        Returns: {
          id: string
          key_id: string
          upload_url: string
          user_id: string
        }[]
      }
      take_spent_copies: {
        Args: { p_limit: number }
        Returns: {
          object_path: string
          post_id: string
        }[]
      }
      take_spent_variants: {
        Args: { p_limit: number }
        Returns: {
          object_path: string
        }[]
      }
      undo_irreversible_call: {
        Args: {
          p_checkpoint: Json
          p_is_absence?: boolean
          p_lease_token: string
          p_step: string
          p_target_id: string
        }
        Returns: boolean
      }
      update_onedrive_connection: {
        Args: { p_patch: Json; p_user_id: string }
        Returns: {
          account_email: string | null
          account_key: string
          account_name: string | null
          account_type: string
          created_at: string
          drive_id: string
          drive_type: string | null
          folder_id: string | null
          folder_path: string | null
          id: string
          last_error_code: string | null
          quota_checked_at: string | null
          quota_remaining: number | null
          quota_state: string | null
          quota_total: number | null
          quota_used: number | null
          status: string
          token_expires_at: string | null
          updated_at: string
          user_id: string
        }[]
        SetofOptions: {
          from: "*"
          to: "user_onedrive_connections"
          isOneToOne: false
          isSetofReturn: true
        }
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
